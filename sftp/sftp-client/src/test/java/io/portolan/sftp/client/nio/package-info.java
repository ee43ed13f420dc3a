/** A server's files by {@code java.nio.file}. */
@NullMarked
package io.portolan.sftp.client.nio;

import org.jspecify.annotations.NullMarked;
