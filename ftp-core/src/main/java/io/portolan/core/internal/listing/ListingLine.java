package io.portolan.core.internal.listing;

import io.portolan.fs.DirectoryEntry;

/** What a {@link ListingParser} makes of one line: nothing is dropped in silence. */
public sealed interface ListingLine {

    /**
     * A file, directory or link.
     *
     * @param entry the entry, whose name is one safe path segment
     * @param sized whether the entry's size is its content's octets: false if the line tells none, or tells it in blocks, tracks or records
     * @param time how much the line tells of the time of the last change
     */
    record Entry(DirectoryEntry entry, boolean sized, TimePrecision time) implements ListingLine {}

    /** A line that stands for no entry: {@code total 12}, {@code .} and {@code ..}, a heading, an empty line. */
    record Skipped() implements ListingLine {}

    /** The first half of an entry: the next line, behind this one and a space, is to be parsed together with it. */
    record Continued() implements ListingLine {}

    /** An entry whose name is not that of one file here: it would lead elsewhere, or has control characters. To be told, and not to be used. */
    record UnsafeName() implements ListingLine {}

    /** A line in another format. */
    record NotUnderstood() implements ListingLine {}

    /** A line that stands for no entry. */
    ListingLine SKIPPED = new Skipped();

    /** Half a line. */
    ListingLine CONTINUED = new Continued();

    /** An entry that must not be used. */
    ListingLine UNSAFE_NAME = new UnsafeName();

    /** A line in another format. */
    ListingLine NOT_UNDERSTOOD = new NotUnderstood();
}
