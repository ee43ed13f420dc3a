/**
 * The server with the clients that people use, as processes. A client that is not installed skips its tests, and the end of the run says so; where {@code CI=true} it
 * fails them. Start with {@code ServerPeerTest} and {@code BothWaysTest}.
 */
package io.portolan.ftp.server.interop;
