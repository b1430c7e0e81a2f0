"""Phrases that stand within sentences."""

PHRASES: dict[str, str] = {
    "as_plan": "plan",
    "as_comparison": "comparison",
    "as_points": "points",
    "as_part": "part of the figure beside it",
    "as_last_year": "last year",
    "as_other_year": "another year",
    # why the system refused a file
    "os_not_found": "it does not exist",
    "os_no_permission": "no permission, or another program has it open",
    "os_no_folder": "its folder does not exist",
    "os_is_folder": "it is a folder",
    "os_not_a_file": "it is no regular file",
    "os_not_folder": "a part of its path is not a folder",
    "os_disk_full": "the disk is full",
    "os_read_only": "the disk is read-only",
    "os_device": "it is a device",
    "os_long_name": "its name is too long",
    # when a province begins or ends
    "province_from": "{province} from {day}",
    "province_until": "{province} until {day}",
    # what SQLite says of a book
    "sqlite_cannot_open": "the file or its folder cannot be used",
    "sqlite_failed": "reading or writing the disk failed",
    "sqlite_malformed": "its pages do not fit together",
    # why a file is not what it says it is
    "csv_quote_open": "a quotation mark is opened and never closed",
    "csv_quote_inside": "a quotation mark stands inside a cell; write it twice",
    "csv_line_ends": "its lines end in a way that CSV does not know",
    "text_place": "line {line}, column {column}",
    "json_deep": "it is nested too deep",
    "csv_cell_long": "one cell is longer than {limit} characters",
    "toml_long": "it is larger than {limit} bytes",
    "toml_dots": "a name in it has too many parts",
    "toml_number": "a number in it has too many digits",
    "json_long": "one object is longer than {limit} characters",
    # what is empty, or below 0
    "title": "The title",
    "name": "The name",
    "whole": "The whole",
    "target": "The target",
    "decision": "The number of the decision",
    "province": "The province",
    # the command that reopens a closed year
    "reopen": "htx reopen-year {year} --because TEXT",
    "reopen_of": "htx reopen-year {year} --cluster {id} --because TEXT",
    # the command that gives a province one threshold in place of those of its parts
    "settle": "htx set-share {id} {code} N --year {year}",
    "settle_signed": "htx set-share {id} {code} N --year {year} --on {day} --decision NUMBER "
    "--because TEXT",
    # a figure that stands
    "day_and_basis": "{day} ({basis})",
    # the columns of an import
    "column_cluster": "cluster (cụm)",
    "column_year": "year (năm)",
    "column_province": "province (tỉnh)",
    "column_target": "target (chỉ tiêu)",
    "column_as_of": "as_of (ngày)",
    "column_basis": "basis (loại)",
    "column_value": "value (kết quả)",
    "column_of": "of (trên tổng số)",
    "column_base": "base (số gốc)",
    "column_rate": "rate (tỷ lệ)",
    "column_source": "source (nguồn)",
    "column_note": "note (ghi chú)",
}
