/** The contract of {@link io.portolan.fs.VirtualFileSystem} as a test: extend {@link io.portolan.fs.contract.VirtualFileSystemContract}. */
package io.portolan.fs.contract;
