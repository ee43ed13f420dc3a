/** To be an SFTP server; nothing is here yet. */
@NullMarked
package io.portolan.sftp.server;

import org.jspecify.annotations.NullMarked;
