package io.portolan.mirror;

/** What a mirror does with symbolic links in its source. Links in the target are never followed. */
public enum MirrorLinks {
    /** They are left out. */
    SKIP,
    /**
     * What they lead to is copied in their place, files as well as directories. A link that leads to a directory in which it lies, which would never end, is left out, and so are links that lead
     * nowhere. Of a local source only what lies inside of it is copied; what a server's links lead to is the server's choice. FTP has no way to ask for what a link leads to: from such servers they are
     * left out.
     */
    FOLLOW,
    /**
     * They are made in the target, with the same text; as long as that leads to something inside of the tree, since other programs would follow it. Those that lead out of it, or are absolute, are
     * left out, as are all if one of both sides has no links, as FTP has not.
     */
    KEEP
}
