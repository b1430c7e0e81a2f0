"""Messages on figures, and on the documents that prove them."""

FIGURES: dict[str, str] = {
    # told beside an answer
    "status_found": "Found: {figures}",
    "proves_nothing": "{path} proves none of the figures that stand now.",
    "letter_to_leader": "{province} leads the cluster: the letter is from it to itself.",
    # rejected, nothing written (exit 4)
    "number_unreadable": "“{value}” is not a number. Write for example 1234.5 or 1.234,5.",
    "number_ambiguous": "“{value}” can be {vi} or {en}. Say which with --numbers vi or --numbers en.",
    "number_digits": "“{value}” has more than 15 digits. Figures are kept exactly up to 15.",
    "number_percent": "“{value}” is a per cent, but a plain number is wanted here.",
    "percent_unreadable": "“{value}” is not a per cent. Write for example 62% or 17,17%.",
    "date_unreadable": "“{value}” is not a date. Write 2021-06-30, 30/6/2021 or Q2/2021.",
    "date_impossible": "“{value}” is a day that the calendar does not have.",
    "yes_no_unreadable": "“{value}” is neither yes nor no. Write yes (có, đạt, x, ✓) or no (không, chưa).",
    "basis_unreadable": "“{value}” is neither actual (thực hiện) nor estimate (ước).",
    "text_control": "“{value}” has a control character in it. Write it on one line, without any.",
    "text_too_long": "The text “{value}” is {length} characters long; {limit} are allowed.",
    "text_empty": "{what} is empty.",
    "code_unreadable": "“{value}” cannot be a code. Use letters, digits, point or hyphen, for example 1a.",
    "id_unreadable": "“{value}” cannot be an id. Use a-z, 0-9 and hyphens, for example tay-nam.",
    "id_taken": "The id “{id}” is taken by {name}.",
    "name_taken": "“{name}” stands in the register already, as {id}.",
    "value_negative": "{what} is {value}, but it cannot be below 0.",
    "value_above_of": "The value {value} is above the {of} that it is a part of.",
    "value_missing": "A value is missing.",
    "value_or_rate": "Give a value or a rate, not both.",
    "rate_not_here": "A bare per cent such as {rate}% only fits a ratio or a growth; "
    "target {code} is {kind}.",
    "rate_with_parts": "A bare per cent stands alone: leave out of and base.",
    "rate_range": "A ratio of {rate}% is not between 0% and 100%.",
    "ratio_needs_of": "Target {code} is a ratio: give the whole that {value} is a part of (of), "
    "or write a rate such as 62%.",
    "of_not_here": "Target {code} is {kind}: it takes no whole (of).",
    "base_not_here": "Target {code} is {kind}: it takes no base.",
    "line_needed": "--line-text is the sentence of a line: name the line too, for example --line 1.",
    "bound_needed": "A {kind} target needs a bound: --at-least, --at-most or --exactly, "
    "for example --at-least 20.",
    "bound_not_here": "A {kind} target takes no bound.",
    "level_not_here": "--level only fits a count; this target is {kind}.",
    "base_year_not_here": "--base-year only fits growth; this target is {kind}.",
    "base_year_late": "The base year {base_year} is not before {year}.",
    "of_title_not_here": "--of-title only fits a ratio or a tracked target; this one is {kind}.",
    "threshold_range": "The threshold of a ratio is between 0 and 100, not {value}.",
    "date_outside_year": "{as_of} is not a day of {year}.",
    "date_future": "{as_of} is still to come: only an estimate can bear this date (--estimate).",
    "not_a_member": "{province} is not a member of the cluster on {on}. Members are: {known}.",
    "nobody_yet": "{province} is not a member of the cluster on {on}: nobody is on that day. Members begin "
    "on {since}; move that with “htx add-member PROVINCE --since DATE”.",
    "nobody_left": "{province} is not a member of the cluster on {on}: nobody is on that day. "
    "Let provinces join with “htx add-member”.",
    "not_assigned": "Target {code} is not assigned to {province}. Assigned are: {known}.",
    "not_for_cluster": "Target {code} is each province's own target. Only a tracked target or one of scope "
    "cluster takes a figure of the whole cluster.",
    "share_not_here": "Target {code} is {kind}: it has no threshold to share. --not-assigned can be said.",
    "tracked_not_assigned": "Target {code} is tracked, never judged: nothing of it is assigned.",
    "target_exists": "There is a target {code} in {year} already. Change it with “htx change-target”.",
    "target_in_use": "Target {code} of {year} cannot be removed: {count} results stand. Withdraw "
    "them first.",
    "target_kind_fixed": "The kind of target {code} cannot change while {count} results stand.",
    "target_scope_fixed": "Target {code} cannot become each province's own while figures of the whole "
    "cluster stand ({count}). Withdraw them first.",
    "target_base_fixed": "The base year of target {code} cannot change while results stand that bring "
    "a base or a rate over {base_year} ({count}). Withdraw them first.",
    "target_meaning": "Results stand for target {code} of {year} ({count}), and this changes what they mean. "
    "To change it all the same, say why with --because.",
    "target_shares": "What these provinces have of their own does not fit a {kind} target: {known}. "
    "First take it back: htx set-share PROVINCE {code} --year {year} --as-signed",
    "member_already": "{province} is a member of the cluster already.",
    "member_before": "{province} was a member of the cluster from {since} to {until} already. "
    "Begin after that day.",
    "member_twice": "{province} is named twice.",
    "member_results": "{province} has {count} results after {until}. Withdraw them first.",
    "until_before_since": "{until} is before the membership began on {since}.",
    "seat_taken": "Seat {seat} belongs to {province}.",
    "seat_range": "A seat is a whole number from 1 to 999, not {seat}.",
    "cluster_exists": "The cluster “{name}” exists already.",
    "leader_not_member": "{province} is not a member of the cluster in {year}. Members are: {known}.",
    "leader_not_nobody": "“{value}” cannot lead: a leader must be a member. Only the deputy can be none or "
    "unknown. Members are: {known}.",
    "leader_is_deputy": "{province} cannot be leader and deputy at once.",
    "leader_recorded": "{year} has a leader already: {leader}. To record another, say why with --because.",
    "leader_differs": "The rotation proposes {leader} (deputy {deputy}) for {year}. "
    "To record something else, say why with --because.",
    "leader_moved": "The book changed meanwhile: now {leader} would lead in {year}. Look again.",
    "leader_gap": "No leader is recorded for {before}. Say which year is meant: --year {before} "
    "or --year {year}.",
    "leader_nobody": "The cluster has no members in {year}, so nobody can lead.",
    "problems": "Nothing was written. Problems in {files}: {count}.",
    "doubts": "Nothing was written, for --strict lets no warning pass: {count}.",
    "row_twice": "This figure stands in the file already, in row {first}: there it is {other}, here {value}.",
    "mapping_unmet": "“{value}” of --map stands in no file.[ Did you mean {suggestions}?]",
    "mapping_file_unmet": "No line of the mapping file stands in any file, the first of them “{value}”.",
    "sheet_missing": "There is no sheet “{value}” with anything in it. The file has: {known}.",
    "file_no_bytes": "The file is empty (0 bytes): ask for it to be sent again.",
    "file_web_page": "This is a web page (HTML) under the name of a spreadsheet. Open it in "
    "Excel, save it as .xlsx, and import that.",
    "column_unknown": "The heading “{value}” is not known. Say what it is, for example {known}, "
    'or leave it out with --map "{value}=skip". What else it can be: htx import --help',
    "column_two": "The heading “{value}” can be two things here. Say which, for example {known}, "
    'or leave it out with --map "{value}=skip".',
    "column_whole": "“{value}” is the whole that a target is a part of, but no column has the part. Say what "
    'it is, for example {known}, or leave it out with --map "{value}=skip".',
    "column_same": "“{value}” and “{other}” would be the same figure, but they differ. Leave one out, for "
    'example with --map "{value}=skip".',
    "key_unknown": "The key “{value}” is not known. Known are: {known}.",
    "heading_missing": "No heading was found in the first rows. Known headings are: {known}.",
    "columns_many": "The table has more than {limit} columns.",
    "title_year": "“{text}” names another year than {year}. Say with --year which year the "
    'figures are of, or leave these words out with --map "{text}=skip".',
    "title_years": "“{text}” names several years, and no heading says which of them the figures are "
    'of. If they are of {year}, say --map "{text}=skip".',
    "title_day": "“{text}” says that the figures are of {day}, but they were to be taken as of {as_of}. Say "
    '--as-of {day}, or leave these words out with --map "{text}=skip".',
    "title_periods": "“{text}” names several periods. Say with --as-of which day the figures are of.",
    "title_roles": "“{text}” names results and a plan, and no heading says which of them the figures are. If "
    'they are results, say --map "{text}=result".',
    "slice_unclear": "“{text}”: is the figure a running total from 1 January to {day}, or of this "
    "period alone? If it is a running total, say --as-of {day}; a figure of a part of the year alone "
    "cannot be taken.",
    "sender_differs": "“{text}” stands above the table, that is {province}, but --province says "
    '{given}. Give the right one, or leave these words out with --map "{text}=skip".',
    "table_plan": "“{text}”: this is a plan, and a plan is no result: nothing of it was read. If these are "
    'results, say --map "{text}=result".',
    "table_points": "“{text}”: these are points, not results: nothing of it was read. If these "
    'are results, say --map "{text}=result".',
    "table_comparison": "“{text}”: these figures only compare others: nothing of it was read. If these are "
    'results, say --map "{text}=result".',
    "section_other": "“{value}” stands between the figures: those below it may be other ones. "
    "Put them into a file of their own, or give them a column year (năm).",
    "row_elsewhere": "The headings name targets of {year}, but this row is of another year or cluster. "
    "Import it by itself, or as a long table.",
    "target_unclear": "“{code}” and “{title}” name two targets. Correct one of them.",
    "cell_merged": "This cell is merged over several rows: which of them the figure belongs to cannot be "
    "told. Split it.",
    "growth_unclear": "{value} can be an amount ({value} {unit}) or a growth ({value}%). Say "
    "which: {amount} or {growth}",
    "growth_index": "{rate}% can be a growth of {rate}%, or of {growth}% with the year before as 100. Write "
    "{growth}%, or say that it is the growth: {map}",
    "rate_differs": "{value} of {of} makes {made}%, but the file says {rate}%. Correct one of them.",
    "number_is_date": "The cell holds a date ({value}): was {text} typed, and the program made a day of it? "
    "Type it as text, with an apostrophe before it: '{text}",
    "number_in_brackets": "“{value}” stands in brackets. If it is below 0, write {instead}.",
    "number_with_rate": "“{value}” is a number with a per cent behind it. Write the number alone, "
    "{instead}, or a part and its whole, such as 96/150.",
    "number_footnote": "“{value}” is a number with a mark behind it. Write {instead}, and the "
    "note in a column of its own.",
    "number_none": "“{value}” is no number. If there were none, write 0; if nothing was reported, leave the "
    "cell empty.",
    "number_scaled_unit": "The cell shows {value}, in thousands or millions by its format, and a "
    "unit is stated too: how much it is cannot be told. Type the figure itself.",
    "label_empty": "{what} is empty here. Write it in every row: what stands above is not taken over.",
    "unit_differs": "“{value}” bears another unit: target {code} is counted in {unit}.",
    "percent_unclear": "{value} can be {value}% or {fraction}%. Say which with --percent percent or "
    "--percent fraction.",
    "mapping_unreadable": '“{value}” does not say what a heading is. Write --map "Heading=target:1a", '
    "with one of: {known}.",
    "column_twice": "The heading “{value}” stands twice.",
    "province_missing": "No column says whose figures these are ({known}). If all are one province's, "
    'say so: --province "Sóc Trăng".',
    "columns_missing": "These columns are missing: {known}.",
    "row_ragged": "This row has {found} cells, the heading has {expected}. A cell with the mark in it that "
    "stands between cells, such as a decimal comma, needs quotes around it.",
    "number_cut": "“{value}” may be one number, cut in two by its comma. Put it in quotes, or save the file "
    "with semicolons between cells.",
    "file_empty": "The file has no rows with figures.",
    "file_not_utf8": "The text is not UTF-8 here. Save the file as UTF-8 (in Excel: CSV UTF-8).",
    "file_not_encoding": "The text is not {encoding} here. Say what the file is with --encoding, "
    "or save it as CSV UTF-8.",
    "encoding_unclear": "How the letters of this file are encoded cannot be told. "
    "Say with --encoding which reading is right ({readings}), or save it as CSV UTF-8.",
    "file_not_csv": "The file is not good CSV: {why}",
    "file_not_json": "The file is not good JSON: {why}",
    "file_not_toml": "{path} is no good TOML: {why}",
    "json_not_rows": "Rows are expected: a list of objects.",
    "json_value": "“{value}” cannot stand here: a text, a number or yes/no is expected.",
    "line_too_long": "The line is longer than {limit} characters.",
    "file_is_device": "This is a device and no file.",
    "file_name_not_utf8": "The name of the file is not UTF-8. Rename it, and import it again.",
    "record_too_long": "The row is longer than {limit} characters: a quotation mark may be missing.",
    "file_too_large": "The file is larger than {limit} MB: save it as .ndjson or .csv, which are read "
    "row by row.",
    "nul_byte": "The file has NUL bytes: it is no text file.",
    "cell_unheaded": "No heading stands over this figure beside those of “{value}”. Give it one of its own.",
    "file_not_workbook": "This is no spreadsheet. If it is text, name it .csv; otherwise save it as .xlsx.",
    "file_is_workbook": "This is a spreadsheet: end the file's name with .xlsx, .ods or .xls.",
    "workbook_unreadable": "The workbook cannot be read: it is damaged, or protected by a password. "
    "Open it in Excel or LibreOffice and save it anew, without a password.",
    "workbook_too_large": "The workbook needs too much memory. Save its sheet as CSV UTF-8 and import that.",
    "file_changed": "The file changed while it was read. Close it in other programs and import it again.",
    "cell_error": "The cell holds the error {value}. Mend its formula, or type the figure.",
    "formula_unread": "The cell holds a formula whose result was not saved. Open the file in Excel "
    "or LibreOffice, save it, and import it again.",
    "sheet_hidden": "The hidden sheet “{sheet}” was not read. Show it if its figures count.",
    "columns_unheaded": "Cells without a heading above them were not read: {count}, the first is {first}.",
    # notes: what was left out or converted
    "columns_left_out": "Left out: columns {columns} ({role}).",
    "rows_part": "Rows that are a part of the row above were left out: {count}, the first is row {first}.",
    "unit_scaled": "Target {code}: {text} is {value} {unit}.",
    "figures_repeated": "Figures that stand in the files twice, and are equal, were taken once: {count}.",
    "file_locked": "The lock file of a program that has the workbook open was passed over.",
    "sender_above": "The figures were taken as those of {province}, who is named above the table.",
    "estimates_taken": "“{text}” stands above the table: its figures were taken as estimates.",
    # warnings, which do not block
    "dash_stands": "{province} {code}: a dash stands here, but the book has {value} of {day}, "
    'which stands. To take it back: htx withdraw "{province}" {code} --as-of {day}',
    "base_changed": "{province} {code}: the base is {base} here, but {other} in the figure of {day}.",
    "unit_people": "“{unit}” is stated as the unit, but target {code} is counted in {own}.",
    "unit_new": "“{unit}” is stated as the unit, but target {code} has none: the figure was taken "
    "as it stands.",
    "number_scaled": "A cell shows {value} in thousands or millions by its format: that is what was taken.",
    "count_broken": "{value} {unit}: there are no halves of these.",
    "cells_absent": "Cells that say in words that there is no figure were taken as not reported: "
    "{count}, the first is {first}.",
    "leader_gap_before": "No leader is recorded for {years}.",
    "total_differs": "The total in {cell} is {total}, but the figures beside it add up to {sum}.",
    "cells_dashed": "Cells with a dash were taken as not reported: {count}, the first is {first}.",
    "rows_silent": "Rows without a figure were taken as not reported: {count}, the first is row {first}.",
    "rows_left_out": "Rows that are no part of the table were not read: {count}, the first is row {first}.",
    "rows_hidden": "Hidden rows were read too: {count}, the first is row {first}. "
    "Delete them if their figures do not count.",
    "columns_hidden": "Hidden columns were read too: {count}, the first is {first}. "
    "Delete them if their figures do not count.",
    "text_converted": "The text is {encoding}, from before Unicode, and was converted. "
    "If the names came out wrong, say what it is with --encoding.",
    "base_differs": "The base of target {code} is {base} here, but the book has {book}.",
    "rate_tiny": "{rate}% is less than 1%: was {percent}% meant?",
    "count_fell": "{province} {code}: {value} on {on} is below {other} on {day}: figures are cumulative.",
    "count_passed": "{province} {code}: {value} on {on} is above {other} on {day}: "
    "figures are cumulative.",
    "value_is_base": "{province} {code}: {value} is just its base: was the figure of {year} meant?",
    "hundred_times": "{province} {code}: {value} on {on} is about a hundred times or a hundredth "
    "of {other} on {day}: was it typed in another unit?",
    "ten_times": "{province} {code}: {value} on {on} is about ten times or a tenth of {other} on {day}: "
    "has a separator slipped?",
    "whole_dropped": "{province} {code}: the bare rate {rate}% takes the place of {value} / {of}; "
    "the cluster's sum cannot hold it.",
    "same_as_last_year": "{province} {code}: {value}[ / {of}] on {on} is just the figure of {day}: "
    "was it copied?",
    "source_replaced": "{province} {code}: a figure from “{old}” is replaced by one from “{new}”.",
    "source_dropped": "{province} {code}: source “{old}” was not given again and no longer stands. "
    "State one with --source, or in the column source.",
    "note_dropped": "{province} {code}: note “{old}” was not given again and no longer stands. "
    "State one with --note, or in the column note.",
    "base_missing": "{province} {code}: the figure of {day} came with the base {base}; this one has none, "
    "and so cannot be judged. Give it again with --base, or in the column base.",
    "old_file": "{province} {code}: {name} was imported by change {before} already; since then this figure "
    "was changed by change {later}.",
    "old_file_withdrawn": "{province} {code}: {name} was imported by change {before} already; since then "
    "this figure was withdrawn by change {later}.",
    "base_dropped": "{province} {code}: base {old} was not given again; the book's own {book} holds now.",
    "base_dropped_none": "{province} {code}: base {old} was not given again, and the book has none: "
    "growth cannot be judged.",
    # -- documents, and what they prove --
    "document_empty": "{path} is empty, so it proves nothing.",
    "document_special": "{path} is no regular file. Name the file that proves the figure.",
    "document_changed": "{path} changed while it was read. Close it in other programs and try again.",
    "document_future": "{day} is still to come: no document bears it yet.",
    "document_unknown": "{path} proves nothing: no figure in the book names it (SHA-256 {sha256}).",
    "nothing_to_prove": "{province} has no {basis} figure for {code} in {year}. It has: {known}. "
    "Record the figure first, or name the year with --year.",
    "check_alone": "--check asks what a file proves and attaches nothing: leave out {value}.",
    "attach_shows": "Attaching answers with one line, or with --json: leave out {option}.",
    # warnings, which do not block
    "evidence_outdated": "{province} {code} as of {day}: {documents} proved the figure that this one "
    "replaces. Attach what proves the new one with “htx attach”.",
}
