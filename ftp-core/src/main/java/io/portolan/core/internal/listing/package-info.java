/**
 * Listings as FTP sends them, written and parsed, and the patterns that choose names. Start with
 * {@link io.portolan.core.internal.listing.UnixListFormat} and {@link io.portolan.core.internal.listing.ListingReader}.
 */
@NullMarked
package io.portolan.core.internal.listing;

import org.jspecify.annotations.NullMarked;
