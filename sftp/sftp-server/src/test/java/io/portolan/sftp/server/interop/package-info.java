/** Clients as processes, and in the JVM. */
package io.portolan.sftp.server.interop;
