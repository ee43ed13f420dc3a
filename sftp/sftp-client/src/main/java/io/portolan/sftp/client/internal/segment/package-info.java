/**
 * One file over several connections: start with {@link io.portolan.sftp.client.internal.segment.SegmentedFetch} and {@link io.portolan.sftp.client.internal.segment.SegmentedStore}. Everything here blocks, on threads of its
 * own.
 */
@NullMarked
package io.portolan.sftp.client.internal.segment;

import org.jspecify.annotations.NullMarked;
