"""What people read and type: errors, messages, translation, names, numbers and dates."""
