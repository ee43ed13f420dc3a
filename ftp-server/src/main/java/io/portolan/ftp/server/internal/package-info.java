/** Puts a server together and ends it. Start with {@code ServerRuntime}. */
@NullMarked
package io.portolan.ftp.server.internal;

import org.jspecify.annotations.NullMarked;
