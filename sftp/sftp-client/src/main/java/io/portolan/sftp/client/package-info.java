/** To be an SFTP client; nothing is here yet. */
@NullMarked
package io.portolan.sftp.client;

import org.jspecify.annotations.NullMarked;
