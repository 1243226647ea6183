// The AWS SDK for Go asks STS who it is: caller [-profile NAME] [-until FILE]. One line of output a call.
// Without -until it asks once; with it, until there is such a file. The first call that fails ends it with status 1.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

func main() {
	profile := flag.String("profile", "", "the profile whose credentials sign")
	until := flag.String("until", "", "the file that ends it")
	flag.Parse()
	if err := ask(context.Background(), *profile, *until); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func ask(ctx context.Context, profile, until string) error {
	loaded, err := config.LoadDefaultConfig(ctx, config.WithSharedConfigProfile(profile))
	if err != nil {
		return err
	}
	client := sts.NewFromConfig(loaded)
	for {
		caller, err := client.GetCallerIdentity(ctx, &sts.GetCallerIdentityInput{})
		if err != nil {
			return err
		}
		fmt.Println(*caller.Arn)
		if until == "" {
			return nil
		}
		if _, err := os.Stat(until); err == nil {
			return nil
		}
		time.Sleep(500 * time.Millisecond)
	}
}
