package io.portolan.fs;

/** What becomes of the bytes that arrived of an upload that broke. Whichever it is, the path goes on showing what it showed before. */
public enum PartialUploads {
    /** They are kept aside, invisible in listings, so that the upload can go on there ({@link ResumableUploads}, {@link AppendSupport}). */
    KEEP,
    /** They are deleted. */
    DROP
}
