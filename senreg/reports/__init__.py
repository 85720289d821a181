"""What is handed to a person: class sheets and pupil pages, made from the open register."""
