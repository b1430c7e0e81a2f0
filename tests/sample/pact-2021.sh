# Lines 2 to 9 of the pact of 2021, and a tracked target. The sentences are reconstructed from the
# portal's report of the pact: README.md beside this file says more.
htx add-target 2 "Tỷ lệ HTX hoạt động hiệu quả" --year 2021 --kind ratio --at-least 60 --unit "HTX" \
    --of-title "HTX đang hoạt động" \
    --line-text "Số HTX hoạt động hiệu quả đạt từ 60% trở lên so với số HTX đang hoạt động." \
    --note "Văn bản nguồn không nêu chỉ tiêu áp dụng cho từng tỉnh hay cả cụm: “mỗi tỉnh” là giả định."
htx add-target 3 "Số cán bộ quản lý HTX được đào tạo, bồi dưỡng" --year 2021 --kind growth --at-least 10 --base-year 2020 --unit "người" \
    --line-text "Số cán bộ quản lý HTX được đào tạo, bồi dưỡng tăng 10% so với năm 2020." \
    --note "Văn bản nguồn không có từ chỉ giới hạn và không nêu chỉ tiêu áp dụng cho từng tỉnh: “ít nhất” và “mỗi tỉnh” là giả định."
htx add-target 4 "Số thành viên HTX" --year 2021 --kind growth --at-least 8 --base-year 2020 --unit "thành viên" \
    --line-text "Số thành viên HTX tăng từ 8% trở lên so với năm 2020." \
    --note "Văn bản nguồn không nêu chỉ tiêu áp dụng cho từng tỉnh hay cả cụm: “mỗi tỉnh” là giả định."
htx add-target 5 "Tỷ lệ hộ nông thôn là thành viên HTX, THT" --year 2021 --kind ratio --at-least 60 --unit "hộ" \
    --of-title "hộ ở nông thôn" \
    --line-text "60% số hộ ở nông thôn là thành viên của HTX, tổ hợp tác." \
    --note "Văn bản nguồn không có từ chỉ giới hạn và không nêu chỉ tiêu áp dụng cho từng tỉnh: “ít nhất” và “mỗi tỉnh” là giả định."
htx add-target 6 "Số mô hình HTX quy mô lớn theo chuỗi giá trị xây dựng mới" --year 2021 --kind count --at-least 2 --unit "mô hình" \
    --line-text "Xây dựng mới ít nhất 02 mô hình HTX quy mô lớn theo chuỗi giá trị." \
    --note "Văn bản nguồn không nêu chỉ tiêu áp dụng cho từng tỉnh hay cả cụm: “mỗi tỉnh” là giả định."
htx add-target 7 "Số thành viên Liên minh HTX tỉnh, thành phố" --year 2021 --kind growth --at-least 10 --base-year 2020 --unit "thành viên" \
    --line-text "Số thành viên Liên minh HTX tỉnh, thành phố tăng 10% so với năm 2020." \
    --note "Văn bản nguồn không có từ chỉ giới hạn và không nêu chỉ tiêu áp dụng cho từng tỉnh: “ít nhất” và “mỗi tỉnh” là giả định."
htx add-target 8a "Có Quỹ Hỗ trợ phát triển HTX" --year 2021 --kind yes-no \
    --line-text "Các Liên minh HTX đều có Quỹ Hỗ trợ phát triển HTX; thực hiện tốt kế hoạch đào tạo, bồi dưỡng."
htx add-target 8b "Thực hiện tốt kế hoạch đào tạo, bồi dưỡng" --year 2021 --kind yes-no
htx add-target 9 "Tỷ lệ cán bộ Liên minh được đào tạo tư vấn HTX chuỗi giá trị" --year 2021 --kind ratio --at-least 40 --unit "người" \
    --of-title "cán bộ Văn phòng Liên minh HTX" \
    --line-text "40% cán bộ Văn phòng Liên minh HTX được đào tạo về tư vấn xây dựng mô hình HTX theo chuỗi giá trị." \
    --note "Văn bản nguồn không có từ chỉ giới hạn và không nêu chỉ tiêu áp dụng cho từng tỉnh: “ít nhất” và “mỗi tỉnh” là giả định."
htx add-target htx "HTX đang hoạt động trên tổng số HTX" --year 2021 --kind tracked --unit "HTX" \
    --of-title "tổng số HTX" \
    --note "Chỉ tiêu theo dõi, không thuộc giao ước; khác mục 2 (mục 2 lấy số HTX đang hoạt động làm mẫu số)."
