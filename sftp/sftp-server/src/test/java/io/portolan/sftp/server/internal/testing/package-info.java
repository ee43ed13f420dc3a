/** What tests of the SFTP server share. */
@NullMarked
package io.portolan.sftp.server.internal.testing;

import org.jspecify.annotations.NullMarked;
