package io.portolan.sftp.server.internal.request;

import io.portolan.fs.LinkHandling;
import io.portolan.fs.Links;
import io.portolan.fs.PositionalFiles;
import io.portolan.fs.RenameMode;
import io.portolan.fs.SpaceInfo;
import io.portolan.sftp.server.internal.engine.SftpServices;
import io.portolan.sftp.server.internal.request.CheckFileExtension.Form;
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
            new Extension("statvfs@openssh.com", "2", Extensions::tellsSpace, new StatvfsExtension()),
            new Extension("fstatvfs@openssh.com", "2", Extensions::tellsSpace, new FstatvfsExtension()),
            new Extension(
                    "hardlink@openssh.com", "1", has(Links.class).and(Extensions::isWritable), new HardlinkExtension()),
            new Extension(
                    "fsync@openssh.com",
                    "1",
                    has(PositionalFiles.class).and(Extensions::isWritable),
                    new FsyncExtension()),
            new Extension(
                    "lsetstat@openssh.com", "1", Extensions::isWritable, new SetstatRequest(LinkHandling.NO_FOLLOW)),
            new Extension("limits@openssh.com", "1", services -> true, new LimitsExtension()),
            new Extension("expand-path@openssh.com", "1", services -> true, new ExpandPathExtension()),
            new Extension("home-directory", "1", services -> true, new HomeDirectoryExtension()),
            new Extension("copy-data", "1", Extensions::isWritable, new CopyDataExtension()),
            new Extension("copy-file", "1", Extensions::isWritable, new CopyFileExtension()),
            new Extension("check-file", Checksum.NAMES, services -> true, new CheckFileExtension(Form.PARAMIKO)),
            new Extension("check-file-name", null, services -> true, new CheckFileExtension(Form.NAME)),
            new Extension("check-file-handle", null, services -> true, new CheckFileExtension(Form.HANDLE)),
            new Extension("md5-hash", null, services -> true, new Md5HashExtension("md5-hash", false)),
            new Extension("md5-hash-handle", null, services -> true, new Md5HashExtension("md5-hash-handle", true)),
            new Extension("space-available", null, Extensions::tellsSpace, new SpaceAvailableExtension()),
            new Extension(
                    "users-groups-by-id@openssh.com",
                    "1",
                    services -> services.policy().tellsPrincipals(),
                    new UsersGroupsExtension()),
            new Extension("text-seek", null, services -> true, new TextSeekExtension()),
            new Extension("filename-translation-control", null, services -> true, new FilenameTranslationExtension()),
            new Extension("version-select", null, services -> true, new VersionSelectExtension())));

    private final Map<String, Extension> byName = new LinkedHashMap<>();

    private Extensions(List<Extension> extensions) {
        extensions.forEach(extension -> byName.put(extension.name(), extension));
    }

    private static boolean isWritable(SftpServices services) {
        return !services.files().isReadOnly();
    }

    private static boolean tellsSpace(SftpServices services) {
        return services.policy().tellsSpace()
                && services.files().capability(SpaceInfo.class).isPresent();
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
            String data = extension.data();
            if (data != null && extension.isOffered(services)) {
                version.writeString(extension.name()).writeString(data);
            }
        }
    }

    /** The names of all that a session has. */
    List<String> names(SftpServices services) {
        return byName.values().stream()
                .filter(extension -> extension.isOffered(services))
                .map(Extension::name)
                .toList();
    }
}
