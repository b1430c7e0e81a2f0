# The year 2021 of the sample cluster, from an empty folder to the conference, through the public
# commands. Run in this folder, with HTX_DB naming the new book.
set -e
export HTX_USER=htx-sample

export HTX_NOW=2021-01-27T08:00:00+07:00
htx init
htx add-cluster "Cụm thi đua Liên minh HTX các tỉnh, thành phố Tây nam sông Hậu" \
    --id tay-nam-song-hau --since 2018 \
    --member "Cần Thơ" --member "Sóc Trăng" --member "Bạc Liêu" --member "Cà Mau" \
    --member "An Giang" --member "Kiên Giang" --member "Hậu Giang"
htx rotate-leader --year 2018 --leader "Hậu Giang" --because "Cổng thông tin Liên minh HTX tỉnh Cà Mau, bài 77"
htx rotate-leader --year 2019 --leader "Bạc Liêu" --because "Cổng thông tin Liên minh HTX tỉnh Cà Mau, bài 77 và 87"
htx rotate-leader --year 2020 --leader "Sóc Trăng" --because "Cổng thông tin Liên minh HTX tỉnh Cà Mau, bài 306"
htx rotate-leader --year 2021 --leader "An Giang" --deputy "Cần Thơ" --on 27/01/2021 \
    --because "Bầu tại hội nghị tổng kết năm 2020"

export HTX_NOW=2021-02-04T08:00:00+07:00
. ./pact-2020.sh
htx import results-2020.csv
. ./pact-2021-line-1.sh
. ./pact-2021.sh

export HTX_NOW=2021-07-05T08:00:00+07:00
htx import results-2021-06.csv

export HTX_NOW=2022-01-05T08:00:00+07:00
htx import results-2021-12.csv
