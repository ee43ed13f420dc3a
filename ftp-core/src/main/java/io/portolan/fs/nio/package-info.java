/**
 * Folders of any {@link java.nio.file.FileSystem} as a {@link io.portolan.fs.VirtualFileSystem}: {@link io.portolan.fs.nio.PathFileSystem}, and
 * {@link io.portolan.fs.nio.LinkPolicy}, which says what becomes of symbolic links.
 */
@NullMarked
package io.portolan.fs.nio;

import org.jspecify.annotations.NullMarked;
