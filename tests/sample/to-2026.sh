# The years 2022 to 2026 of the sample cluster, over the merger of provinces of 1 July 2025: goes on
# where story.sh ends, through the public commands. What is real says where it is from; all else is
# illustrative and says so: README.md beside this file.
set -e
export HTX_USER=htx-sample
TARGET="Chỉ tiêu minh họa"
TURN="Theo thứ tự luân phiên, minh họa (không tìm thấy nguồn)"

# 2022: a shorter pact with thresholds that are within reach.
export HTX_NOW=2022-01-20T08:00:00+07:00
htx rotate-leader --year 2022 --because "$TURN"
htx open-year 2022
for code in 1b 3 5 6 8b 9 htx; do htx remove-target $code --year 2022 --because "$TARGET"; done
htx change-target 1a --year 2022 --because "$TARGET" --note "$TARGET" \
    --line-text "Thành lập mới ít nhất 20 HTX."
htx change-target 2 --year 2022 --because "$TARGET" --note "$TARGET"
htx change-target 4 --year 2022 --at-least 5 --because "$TARGET" --note "$TARGET" \
    --line-text "Số thành viên HTX tăng từ 5% trở lên so với năm trước."
htx change-target 7 --year 2022 --at-least 5 --because "$TARGET" --note "$TARGET" \
    --line-text "Số thành viên Liên minh HTX tỉnh, thành phố tăng từ 5% trở lên so với năm trước."
htx change-target 8a --year 2022 --because "$TARGET" --note "$TARGET" \
    --line-text "Các Liên minh HTX đều có Quỹ Hỗ trợ phát triển HTX."
htx sign-pact --year 2022 --because "$TARGET"
export HTX_NOW=2022-12-15T08:00:00+07:00
htx import results-2022-06.csv
export HTX_NOW=2023-01-10T08:00:00+07:00
htx import results-2022-12.csv
htx close-year 2022

# 2023: led by Kiên Giang; beside the pact, what its Alliance told of the whole cluster.
export HTX_NOW=2023-01-20T08:00:00+07:00
htx rotate-leader --year 2023 --leader "Kiên Giang" --deputy unknown \
    --because "Liên minh HTX tỉnh Kiên Giang, https://lmhtx.kiengiang.gov.vn/Trang/TinTuc/ChiTiet.aspx?nid=3359&chuyenmuc=18"
htx open-year 2023
htx add-target tht-moi "Số tổ hợp tác thành lập mới" --year 2023 --kind tracked --scope cluster --unit "tổ hợp tác"
htx add-target tht "Tổng số tổ hợp tác" --year 2023 --kind tracked --scope cluster --unit "tổ hợp tác"
htx add-target tht-tv "Số thành viên tổ hợp tác" --year 2023 --kind tracked --scope cluster --unit "thành viên"
htx sign-pact --year 2023 --because "$TARGET"
export HTX_NOW=2023-07-10T08:00:00+07:00
htx import results-2023-06.csv

# The pact of 2024 was really signed on 13 December 2023.
export HTX_NOW=2023-12-13T08:00:00+07:00
htx open-year 2024 --from 2022
htx sign-pact --year 2024 --on 13/12/2023 \
    --because "Ngày ký: Liên minh HTX tỉnh Kiên Giang, https://lmhtx.kiengiang.gov.vn/Trang/TinTuc/ChiTiet.aspx?nid=3359&chuyenmuc=18"
export HTX_NOW=2024-01-10T08:00:00+07:00
htx import results-2023-12.csv
htx close-year 2023
htx rotate-leader --year 2024 --because "$TURN"
export HTX_NOW=2025-01-08T08:00:00+07:00
htx import results-2024-12.csv
htx close-year 2024

# 2025: Kiên Giang alone is asked for 55 % where the others are asked for 60 %. On 1 July seven
# provinces become three: nothing has to be typed for it.
export HTX_NOW=2025-01-15T08:00:00+07:00
htx rotate-leader --year 2025 --because "$TURN"
htx open-year 2025
htx set-share "Kiên Giang" 2 55 --year 2025 --because "$TARGET"
htx sign-pact --year 2025 --because "$TARGET"
export HTX_NOW=2025-06-30T16:00:00+07:00
htx import results-2025-06.csv
export HTX_NOW=2026-01-08T08:00:00+07:00
htx import results-2025-12.csv

# 2026: the pact of the three.
export HTX_NOW=2026-01-15T08:00:00+07:00
htx rotate-leader --year 2026 --because "$TURN"
htx open-year 2026
htx change-target 1a --year 2026 --at-least 45 --because "$TARGET" \
    --line-text "Thành lập mới ít nhất 45 HTX."
htx sign-pact --year 2026 --because "$TARGET"
htx set-due half-year 10 --year 2026 --because "$TARGET"
export HTX_NOW=2026-07-06T08:00:00+07:00
htx import results-2026-06.csv
export HTX_NOW=2026-10-06T08:00:00+07:00
htx import results-2026-09.csv
