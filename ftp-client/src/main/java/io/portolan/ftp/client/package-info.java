/** To be an FTP client; nothing is here yet. */
@NullMarked
package io.portolan.ftp.client;

import org.jspecify.annotations.NullMarked;
