/** A server's files by {@code java.nio.file}. */
package io.portolan.ftp.client.nio;
