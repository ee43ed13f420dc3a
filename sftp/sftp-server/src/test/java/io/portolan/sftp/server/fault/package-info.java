/** What the server does when peers, files and disks fail. */
@NullMarked
package io.portolan.sftp.server.fault;

import org.jspecify.annotations.NullMarked;
