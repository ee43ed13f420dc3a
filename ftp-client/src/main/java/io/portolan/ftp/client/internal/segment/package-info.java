/** One file over several connections. Start with {@link io.portolan.ftp.client.internal.segment.SegmentedFetch}. */
@NullMarked
package io.portolan.ftp.client.internal.segment;

import org.jspecify.annotations.NullMarked;
