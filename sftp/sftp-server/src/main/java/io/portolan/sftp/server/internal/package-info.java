/** Puts a server together. Start with {@code ServerRuntime}. */
@NullMarked
package io.portolan.sftp.server.internal;

import org.jspecify.annotations.NullMarked;
