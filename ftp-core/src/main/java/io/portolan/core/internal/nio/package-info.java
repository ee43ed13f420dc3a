/**
 * A client's server as a file system of Java's, for both protocols: start with {@link io.portolan.core.internal.nio.RemoteFiles}, what a client does, and {@link io.portolan.core.internal.nio.RemoteFileSystem}, what is made of it.
 */
@NullMarked
package io.portolan.core.internal.nio;

import org.jspecify.annotations.NullMarked;
