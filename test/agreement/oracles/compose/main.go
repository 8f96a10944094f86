// Loads compose projects with Compose's own library and says of each folder what it says of it: an empty
// line where it accepts, the first line of its refusal otherwise.
package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/sirupsen/logrus"
)

func main() {
	logrus.SetOutput(io.Discard)
	for _, folder := range os.Args[1:] {
		text := ""
		if err := load(folder); err != nil {
			text = strings.ReplaceAll(err.Error(), folder+"/", "")
			text = strings.Join(strings.Fields(text), " ")
		}
		fmt.Println(text)
	}
}

func load(folder string) error {
	options, err := cli.NewProjectOptions(
		nil,
		cli.WithWorkingDirectory(folder),
		cli.WithName("shop"),
		cli.WithEnvFiles(),
		cli.WithDotEnv,
		cli.WithConfigFileEnv,
		cli.WithDefaultConfigPath,
		cli.WithDefaultProfiles(),
	)
	if err != nil {
		return err
	}
	_, err = options.LoadProject(context.Background())
	return err
}
