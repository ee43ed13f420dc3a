/** Octets of files: {@link io.portolan.core.internal.bytes.Zeros} and {@link io.portolan.core.internal.bytes.SparseChannel}, which leave out what is zero. */
@NullMarked
package io.portolan.core.internal.bytes;

import org.jspecify.annotations.NullMarked;
