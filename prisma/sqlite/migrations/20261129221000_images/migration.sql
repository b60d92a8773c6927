-- What a picture looks like before it is there, and which part of which image it was cut out of.
ALTER TABLE "File" ADD COLUMN "thumbhash" TEXT;
ALTER TABLE "File" ADD COLUMN "derivedFrom" JSONB;

-- The size of what was made of a picture.
ALTER TABLE "Derivative" ADD COLUMN "width" INTEGER;
ALTER TABLE "Derivative" ADD COLUMN "height" INTEGER;
