package io.portolan.core.internal.listing;

/**
 * A line of a listing.
 *
 * @param text the line without its end; of one longer than the limit, the beginning
 * @param result what it stands for; never {@link ListingLine.Continued}
 */
public record ListedLine(String text, ListingLine result) {}
