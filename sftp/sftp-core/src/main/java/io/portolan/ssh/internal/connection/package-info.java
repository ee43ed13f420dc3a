/** SSH's connection protocol: channels, their windows, and requests (RFC 4254). */
@NullMarked
package io.portolan.ssh.internal.connection;

import org.jspecify.annotations.NullMarked;
