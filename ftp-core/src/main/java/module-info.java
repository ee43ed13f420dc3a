/** What every part of Portolan shares: the SPIs for files and accounts, sessions and events, transport, and FTP's codec. */
module io.portolan.ftp.core {
    requires static transitive org.jspecify;

    exports io.portolan.auth;
    exports io.portolan.fs;
    exports io.portolan.session;
}
