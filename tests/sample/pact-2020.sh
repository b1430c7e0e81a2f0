# The tracked figures of 2020: the bases of growth, and what was reported for the whole cluster.
htx add-target 3 "Số cán bộ quản lý HTX được đào tạo, bồi dưỡng" --year 2020 --kind tracked --unit "người" \
    --note "Số gốc của mục 3 năm 2021."
htx add-target 4 "Số thành viên HTX" --year 2020 --kind tracked --unit "thành viên" \
    --note "Số gốc của mục 4 năm 2021."
htx add-target 7 "Số thành viên Liên minh HTX tỉnh, thành phố" --year 2020 --kind tracked --unit "thành viên" \
    --note "Số gốc của mục 7 năm 2021."
htx add-target tht-moi "Số tổ hợp tác thành lập mới" --year 2020 --kind tracked --scope cluster --unit "tổ hợp tác"
htx add-target htx-moi "Số HTX thành lập mới" --year 2020 --kind tracked --scope cluster --unit "HTX"
htx add-target tht "Tổng số tổ hợp tác" --year 2020 --kind tracked --scope cluster --unit "tổ hợp tác"
htx add-target tht-tv "Số thành viên tổ hợp tác" --year 2020 --kind tracked --scope cluster --unit "thành viên"
htx add-target htx "Tổng số HTX" --year 2020 --kind tracked --scope cluster --unit "HTX"
htx add-target htx-tv "Số thành viên HTX toàn cụm" --year 2020 --kind tracked --scope cluster --unit "thành viên"
htx add-target lhhtx "Số Liên hiệp HTX" --year 2020 --kind tracked --scope cluster --unit "Liên hiệp HTX"
htx add-target lhhtx-tv "Số HTX thành viên của các Liên hiệp HTX" --year 2020 --kind tracked --scope cluster --unit "HTX"
