-- When an alert first grew from a warning to critical: news again, for screens and for channels.
ALTER TABLE alert ADD COLUMN worse_at INTEGER;
