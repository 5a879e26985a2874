package poster

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"image"
	"image/jpeg"
	"image/png"

	"kesan/survey"
)

// MaxLogo is how large the file of a logo may be, and MaxLogoSide how many pixels wide or high.
const (
	MaxLogo     = 200 << 10
	MaxLogoSide = 2000
)

// Logo is a picture that stands on posters: PNG or JPEG, written anew by us, so that nothing but the picture is left of what
// was uploaded. A drawing (SVG) is not taken: it can hold scripts and addresses.
type Logo struct {
	Digest string // its name
	Body   []byte
}

// ReadLogo reads an uploaded file, or says what is wrong with it.
func ReadLogo(raw []byte) (logo Logo, problems survey.Problems) {
	if len(raw) > MaxLogo {
		problems.Add("", "logo.large", MaxLogo>>10)
		return Logo{}, problems
	}
	size, kind, err := image.DecodeConfig(bytes.NewReader(raw))
	if err != nil || kind != "png" && kind != "jpeg" {
		problems.Add("", "logo.kind")
		return Logo{}, problems
	}
	if size.Width > MaxLogoSide || size.Height > MaxLogoSide { // before a small file can unfold into a large picture
		problems.Add("", "logo.wide", MaxLogoSide)
		return Logo{}, problems
	}
	picture, _, err := image.Decode(bytes.NewReader(raw))
	if err != nil {
		problems.Add("", "logo.kind")
		return Logo{}, problems
	}
	body, err := encode(picture, kind)
	if err != nil || len(body) > MaxLogo {
		problems.Add("", "logo.large", MaxLogo>>10)
		return Logo{}, problems
	}
	sum := sha256.Sum256(body)
	return Logo{Digest: hex.EncodeToString(sum[:16]), Body: body}, nil
}

func encode(picture image.Image, kind string) ([]byte, error) {
	var out bytes.Buffer
	if kind == "jpeg" {
		err := jpeg.Encode(&out, picture, &jpeg.Options{Quality: 90})
		return out.Bytes(), err
	}
	err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, picture)
	return out.Bytes(), err
}
