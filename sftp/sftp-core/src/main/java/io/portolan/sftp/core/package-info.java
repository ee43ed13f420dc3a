/** To be SSH transport, user authentication and connection, and SFTP's messages; nothing is here yet. */
@NullMarked
package io.portolan.sftp.core;

import org.jspecify.annotations.NullMarked;
