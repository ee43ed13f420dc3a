package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.RenameMode;
import io.portolan.fs.SpaceInfo;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.ssh.internal.wire.SshWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** The extended requests that there are; one line each. */
final class Extensions {

    static final Extensions STANDARD = new Extensions(List.of(
            new Extension(
                    "posix-rename@openssh.com", "1", Extensions::isWritable, new RenameRequest(RenameMode.REPLACE)),
            new Extension("statvfs@openssh.com", "2", has(SpaceInfo.class), new StatvfsExtension()),
            new Extension("fstatvfs@openssh.com", "2", has(SpaceInfo.class), new FstatvfsExtension()),
            new Extension(
                    "hardlink@openssh.com", "1", has(Links.class).and(Extensions::isWritable), new HardlinkExtension()),
            new Extension(
                    "fsync@openssh.com",
                    "1",
                    has(PositionalFiles.class).and(Extensions::isWritable),
                    new FsyncExtension()),
            new Extension(
                    "lsetstat@openssh.com", "1", Extensions::isWritable, new SetstatRequest(LinkHandling.NO_FOLLOW)),
            new Extension("limits@openssh.com", "1", services -> true, new LimitsExtension())));

    private final Map<String, Extension> byName = new LinkedHashMap<>();

    private Extensions(List<Extension> extensions) {
        extensions.forEach(extension -> byName.put(extension.name(), extension));
    }

    private static boolean isWritable(SftpServices services) {
        return !services.files().isReadOnly();
    }

    private static Predicate<SftpServices> has(Class<?> capability) {
        return services -> services.files().capability(capability).isPresent();
    }

    Optional<Extension> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Writes the pairs of VERSION. */
    void advertise(SshWriter version, SftpServices services) {
        for (Extension extension : byName.values()) {
            if (extension.isOffered(services)) {
                version.writeString(extension.name()).writeString(extension.data());
            }
        }
    }
}
