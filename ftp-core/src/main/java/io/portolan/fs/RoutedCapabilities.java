package io.portolan.fs;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** The capabilities of a {@link RoutingFileSystem}: each operation is sent where its path leads, and refused if that store does not have the capability. */
final class RoutedCapabilities
        implements AppendSupport,
                ResumableUploads,
                PositionalFiles,
                AttributeChanges,
                Links,
                SpaceInfo,
                Digests,
                ServerSideCopy {

    static final Set<Class<?>> OFFERED = Set.of(
            AppendSupport.class,
            ResumableUploads.class,
            PositionalFiles.class,
            AttributeChanges.class,
            Links.class,
            SpaceInfo.class,
            Digests.class,
            ServerSideCopy.class);

    private final RoutingFileSystem routing;

    RoutedCapabilities(RoutingFileSystem routing) {
        this.routing = routing;
    }

    @Override
    public WritableFile openAppend(VirtualPath path) throws IOException {
        Route route = routing.route(path, LinkHandling.FOLLOW);
        return route.capability(AppendSupport.class, path).openAppend(route.path());
    }

    @Override
    public OptionalLong keptSize(VirtualPath path) throws IOException {
        Route route = routing.route(path, LinkHandling.FOLLOW);
        return route.capability(ResumableUploads.class, path).keptSize(route.path());
    }

    @Override
    public WritableFile resume(VirtualPath path, long offset) throws IOException {
        Route route = routing.route(path, LinkHandling.FOLLOW);
        return route.capability(ResumableUploads.class, path).resume(route.path(), offset);
    }

    @Override
    public PositionalFile openPositional(VirtualPath path, Set<Access> access) throws IOException {
        Route route = routing.route(path, LinkHandling.FOLLOW);
        return route.capability(PositionalFiles.class, path).openPositional(route.path(), access);
    }

    /** What any of the stores can set; one that cannot refuses. */
    @Override
    public Set<Attribute> settable() {
        Set<Attribute> all = EnumSet.noneOf(Attribute.class);
        for (VirtualFileSystem target : routing.targets()) {
            target.capability(AttributeChanges.class).ifPresent(changes -> all.addAll(changes.settable()));
        }
        return all;
    }

    @Override
    public void change(VirtualPath path, AttributeChange change, LinkHandling links) throws IOException {
        Route route = routing.route(path, links);
        route.capability(AttributeChanges.class, path).change(route.path(), change, links);
    }

    @Override
    public String readLink(VirtualPath path) throws IOException {
        Route route = routing.route(path, LinkHandling.NO_FOLLOW);
        return route.linkTargetHere(path, route.capability(Links.class, path).readLink(route.path()));
    }

    @Override
    public void createSymbolicLink(VirtualPath path, String target) throws IOException {
        Route route = routing.route(path, LinkHandling.NO_FOLLOW);
        Links links = route.capability(Links.class, path);
        links.createSymbolicLink(route.path(), route.linkTargetThere(path, target));
    }

    @Override
    public void createHardLink(VirtualPath path, VirtualPath existing) throws IOException {
        Route route = routing.route(path, LinkHandling.NO_FOLLOW);
        Route source = routing.route(existing, LinkHandling.NO_FOLLOW);
        if (!route.sharesTargetWith(source)) {
            throw new OperationNotSupportedException("hard link between mounts", path);
        }
        route.capability(Links.class, path).createHardLink(route.path(), source.path());
    }

    @Override
    public Space space(VirtualPath path) throws IOException {
        Route route = routing.route(path, LinkHandling.FOLLOW);
        return route.capability(SpaceInfo.class, path).space(route.path());
    }

    @Override
    public Optional<byte[]> digest(VirtualPath path, String algorithm) throws IOException {
        Route route = routing.route(path, LinkHandling.FOLLOW);
        return route.capability(Digests.class, path).digest(route.path(), algorithm);
    }

    @Override
    public void copy(VirtualPath from, VirtualPath to, RenameMode mode) throws IOException {
        Route source = routing.route(from, LinkHandling.FOLLOW);
        Route target = routing.route(to, LinkHandling.FOLLOW);
        if (!source.sharesTargetWith(target)) {
            throw new OperationNotSupportedException("copy between mounts", from);
        }
        source.capability(ServerSideCopy.class, from).copy(source.path(), target.path(), mode);
    }
}
