/** A file system, seen through SFTP, is still one: the contract of file systems over the protocol. */
@NullMarked
package io.portolan.sftp.server.contract;

import org.jspecify.annotations.NullMarked;
