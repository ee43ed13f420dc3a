/**
 * The attributes of files and the entries of listings, as the versions 3 to 6 of SFTP write them. {@link io.portolan.sftp.internal.attributes.SftpAttributes} is the value,
 * {@link io.portolan.sftp.internal.attributes.AttributeCodec} reads and writes it, {@link io.portolan.sftp.internal.attributes.FileInfoMapping} turns it from and into
 * what file systems speak of.
 */
@NullMarked
package io.portolan.sftp.internal.attributes;

import org.jspecify.annotations.NullMarked;
