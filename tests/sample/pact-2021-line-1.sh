# Line 1 of the pact of 2021: two targets on one line.
htx add-target 1a "Số HTX thành lập mới" --year 2021 --kind count --at-least 20 --unit "HTX" \
    --line-text "Thành lập mới ít nhất 20 HTX và 01 Liên hiệp HTX." \
    --note "Văn bản nguồn không nêu chỉ tiêu áp dụng cho từng tỉnh hay cả cụm: “mỗi tỉnh” là giả định."
htx add-target 1b "Số Liên hiệp HTX thành lập mới" --year 2021 --kind count --at-least 1 --unit "Liên hiệp HTX" \
    --note "Văn bản nguồn không nêu chỉ tiêu áp dụng cho từng tỉnh hay cả cụm: “mỗi tỉnh” là giả định."
