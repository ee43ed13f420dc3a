/**
 * TLS at work. {@code ServerTlsMechanism} holds the settings, {@code TlsServer} is a server's, {@code TlsSession} a session's, {@code DataTls} stands on a data connection;
 * {@code TlsContext} hides which engine there is.
 */
@NullMarked
package io.portolan.ftps.internal;

import org.jspecify.annotations.NullMarked;
