/** Servers to test the client with. Start with {@link io.portolan.ftp.client.testing.NastyServer}. */
@org.jspecify.annotations.NullMarked
package io.portolan.ftp.client.testing;
