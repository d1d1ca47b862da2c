COMMENT ON COLUMN backscroll.attachments.path IS 'Where the file lies, or its address.';
