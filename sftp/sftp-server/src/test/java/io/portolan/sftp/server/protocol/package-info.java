/** What a session promises, with a client that says exactly what it is told to. */
package io.portolan.sftp.server.protocol;
