/** The FTP server as embedders see it: its configuration, its life and what it tells. */
@NullMarked
package io.portolan.ftp.server;

import org.jspecify.annotations.NullMarked;
