// Chainguard's implementation of apk installs one package file into a folder: install-apk FILE ROOT.
// It checks every checksum before it writes into the folder, and prints the package's name and version. It installs no
// dependency and checks no signature. A package that is refused ends it with status 1.
package main

import (
	"context"
	"encoding/hex"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"syscall"

	"github.com/chainguard-dev/go-apk/pkg/apk"
	"github.com/chainguard-dev/go-apk/pkg/expandapk"
	apkfs "github.com/chainguard-dev/go-apk/pkg/fs"
	"gopkg.in/ini.v1"
)

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: install-apk FILE ROOT")
		os.Exit(2)
	}
	// As apk does: a file has the mode that the package gives it.
	syscall.Umask(0)
	slog.SetLogLoggerLevel(slog.LevelWarn)
	if err := installInScratch(context.Background(), os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// The library unpacks into the folder for temporary files, and removes nothing of a package that it refuses.
func installInScratch(ctx context.Context, file, root string) error {
	scratch, err := os.MkdirTemp("", "install-apk")
	if err != nil {
		return err
	}
	defer os.RemoveAll(scratch)
	if err := os.Setenv("TMPDIR", scratch); err != nil {
		return err
	}
	return install(ctx, file, root)
}

func install(ctx context.Context, file, root string) error {
	path, err := filepath.Abs(file)
	if err != nil {
		return err
	}
	info, err := check(ctx, path)
	if err != nil {
		return fmt.Errorf("checking %s: %w", file, err)
	}
	system := apkfs.DirFS(root, apkfs.WithCreateDir())
	if system == nil {
		return fmt.Errorf("%s is no folder to install into", root)
	}
	client, err := apk.New(apk.WithFS(withoutDevices{system}), apk.WithArch(info.arch))
	if err != nil {
		return err
	}
	if err := client.InitDB(ctx); err != nil {
		return fmt.Errorf("making a system of %s: %w", root, err)
	}
	if err := client.InstallPackages(ctx, nil, []apk.InstallablePackage{info}); err != nil {
		return err
	}
	installed, err := client.GetInstalled()
	if err != nil {
		return err
	}
	for _, one := range installed {
		fmt.Println(one.Name, one.Version)
	}
	return nil
}

// A new system has devices, which only root may make, and which no package needs.
type withoutDevices struct{ apkfs.FullFS }

func (withoutDevices) Mknod(string, uint32, int) error { return nil }

// packageFile tells the library about a package that no repository lists.
type packageFile struct{ path, name, arch, checksum string }

func (p packageFile) URL() string            { return p.path }
func (p packageFile) PackageName() string    { return p.name }
func (p packageFile) ChecksumString() string { return p.checksum }

// check reads the whole package. The library compares each file with its SHA-1. It does not compare the compressed data
// with the SHA-256 in the control file, as apk does.
func check(ctx context.Context, path string) (packageFile, error) {
	var none packageFile
	source, err := os.Open(path)
	if err != nil {
		return none, err
	}
	defer source.Close()
	expanded, err := expandapk.ExpandApk(ctx, source, "")
	if err != nil {
		return none, err
	}
	defer expanded.Close()
	control, err := fs.ReadFile(expanded.ControlFS, ".PKGINFO")
	if err != nil {
		return none, err
	}
	fields, err := ini.Load(control)
	if err != nil {
		return none, err
	}
	field := func(name string) string { return fields.Section("").Key(name).String() }
	if want, got := field("datahash"), hex.EncodeToString(expanded.PackageHash); want != got {
		return none, fmt.Errorf("the datahash is %q, but the data has %s", want, got)
	}
	if _, err := apk.ParseVersion(field("pkgver")); err != nil {
		return none, err
	}
	checksum := (&apk.Package{Checksum: expanded.ControlHash}).ChecksumString()
	return packageFile{path, field("pkgname"), field("arch"), checksum}, nil
}
