/** Servers' files by {@code java.nio.file}, without a server. */
@NullMarked
package io.portolan.core.internal.nio;

import org.jspecify.annotations.NullMarked;
