/** Servers to test with. */
@NullMarked
package io.portolan.sftp.client.testing;

import org.jspecify.annotations.NullMarked;
