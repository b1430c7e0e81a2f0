"""Files to fill in, send back, keep or sign: template, problems, export, hand-over note."""
