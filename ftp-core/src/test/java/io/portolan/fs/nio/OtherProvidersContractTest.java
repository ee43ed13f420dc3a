package io.portolan.fs.nio;

import com.google.common.jimfs.Configuration;
import com.google.common.jimfs.Jimfs;
import io.portolan.fs.VirtualFileSystem;
import io.portolan.fs.contract.VirtualFileSystemContract;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract on providers that are not the platform's own. */
class OtherProvidersContractTest {

    abstract static class OnProvider extends VirtualFileSystemContract {
        private FileSystem provider;

        final Path root(FileSystem opened, String path) {
            provider = opened;
            return opened.getPath(path);
        }

        @AfterEach
        final void closeProvider() throws Exception {
            provider.close();
        }
    }

    @Nested
    class JimfsUnix extends OnProvider {
        @Override
        protected VirtualFileSystem fileSystem() throws Exception {
            return PathFileSystem.of(root(Jimfs.newFileSystem(Configuration.unix()), "/work"));
        }
    }

    @Nested
    class JimfsUnixTrusted extends OnProvider {
        @Override
        protected VirtualFileSystem fileSystem() throws Exception {
            Configuration posix = Configuration.unix().toBuilder()
                    .setAttributeViews("basic", "owner", "posix", "unix")
                    .build();
            return PathFileSystem.builder(root(Jimfs.newFileSystem(posix), "/work"))
                    .trustPositionalAccess(true)
                    .build();
        }
    }

    @Nested
    class JimfsWindows extends OnProvider {
        @Override
        protected Set<Trait> traits() {
            return EnumSet.of(Trait.WRITABLE, Trait.RENAME);
        }

        @Override
        protected VirtualFileSystem fileSystem() throws Exception {
            return PathFileSystem.of(root(Jimfs.newFileSystem(Configuration.windows()), "C:\\work"));
        }
    }

    @Nested
    class Zip extends OnProvider {
        @TempDir
        Path folder;

        @Override
        protected Set<Trait> traits() {
            return EnumSet.of(Trait.CASE_SENSITIVE);
        }

        @Override
        protected VirtualFileSystem fileSystem() throws Exception {
            Path file = folder.resolve("archive.zip");
            try (OutputStream out = Files.newOutputStream(file);
                    ZipOutputStream zip = new ZipOutputStream(out)) {
                zip.putNextEntry(new ZipEntry("hello.txt"));
                zip.write("hello".getBytes(StandardCharsets.UTF_8));
                zip.putNextEntry(new ZipEntry("folder/"));
                zip.putNextEntry(new ZipEntry("folder/inner.txt"));
                zip.write("inner".getBytes(StandardCharsets.UTF_8));
            }
            Files.setPosixFilePermissions(file, java.nio.file.attribute.PosixFilePermissions.fromString("r--r--r--"));
            FileSystem zip =
                    FileSystems.newFileSystem(URI.create("jar:" + file.toUri()), Map.of("accessMode", "readOnly"));
            return io.portolan.fs.FileSystems.readOnly(PathFileSystem.of(root(zip, "/")));
        }
    }
}
