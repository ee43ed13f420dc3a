/** A server to test with. */
package io.portolan.sftp.server.testing;
