package io.portolan.fs;

/** What becomes of the bytes that arrived of an upload that broke. Whichever it is, the path goes on showing what it showed before. */
public enum PartialUploads {
    /**
     * They are kept aside, invisible in listings, so that the upload can go on there ({@link ResumableUploads}, {@link AppendSupport}). Of uploads that were
     * opened with {@link WriteMode#CREATE_NEW} nothing is kept: their name is often one that the server made up (FTP's STOU), to which nobody comes back.
     */
    KEEP,
    /** They are deleted. */
    DROP
}
