/** The server as clients see it: commands and replies over real sockets on the loopback address. */
package io.portolan.ftp.server.protocol;
